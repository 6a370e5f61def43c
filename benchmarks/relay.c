/* The limit that chat servers are held against: it copies each turn's lines to everybody, and nothing
   else. No names, no log, no rooms; one read per ready client and one send per recipient and turn. */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_CLIENTS = 65536, MOST_EVENTS = 4096, READ_BYTES = 65536, LISTENER = 0 };

struct buffer {
    char *bytes;
    size_t length, room;
};

struct client {
    int is_open;
    struct buffer begun;  /* of a line whose end has not come */
    struct buffer unsent; /* what the socket did not take at once */
};

static struct client clients[MOST_CLIENTS]; /* by descriptor */
static int members[MOST_CLIENTS], count;    /* their descriptors */
static int poller;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void append(struct buffer *to, const char *bytes, size_t length) {
    if (to->length + length > to->room) {
        to->room = 2 * (to->length + length);
        if (!(to->bytes = realloc(to->bytes, to->room))) die("realloc");
    }
    memcpy(to->bytes + to->length, bytes, length);
    to->length += length;
}

static void watch(int descriptor, int id, int operation, unsigned events) {
    struct epoll_event event = {.events = events, .data.fd = id};
    if (epoll_ctl(poller, operation, descriptor, &event) < 0) die("epoll_ctl");
}

static void welcome(int listener) {
    int on = 1, descriptor;
    while ((descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        if (descriptor >= MOST_CLIENTS) {
            close(descriptor);
            continue;
        }
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        clients[descriptor].is_open = 1;
        clients[descriptor].begun.length = clients[descriptor].unsent.length = 0;
        members[count++] = descriptor;
        watch(descriptor, descriptor, EPOLL_CTL_ADD, EPOLLIN);
    }
}

static void drop(int descriptor) {
    if (!clients[descriptor].is_open) return;
    clients[descriptor].is_open = 0;
    close(descriptor);
    for (int i = 0; i < count; i++)
        if (members[i] == descriptor) members[i--] = members[--count];
}

/* Send what can be sent without waiting; keep the rest for when the socket takes more. */
static void deliver(int descriptor, const char *bytes, size_t length) {
    struct buffer *unsent = &clients[descriptor].unsent;
    if (unsent->length) {
        append(unsent, bytes, length);
        return;
    }
    ssize_t sent = send(descriptor, bytes, length, MSG_NOSIGNAL);
    if (sent < 0) sent = 0; /* full, or broken: then reading says so */
    if ((size_t)sent < length) {
        append(unsent, bytes + sent, length - sent);
        watch(descriptor, descriptor, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
    }
}

static void flush(int descriptor) {
    struct buffer *unsent = &clients[descriptor].unsent;
    ssize_t sent = send(descriptor, unsent->bytes, unsent->length, MSG_NOSIGNAL);
    if (sent <= 0) return;
    memmove(unsent->bytes, unsent->bytes + sent, unsent->length - sent);
    unsent->length -= sent;
    if (!unsent->length) watch(descriptor, descriptor, EPOLL_CTL_MOD, EPOLLIN);
}

/* Read once; the whole lines become part of the turn. */
static void listen_to(int descriptor, struct buffer *turn) {
    static char heard[READ_BYTES];
    struct buffer *begun = &clients[descriptor].begun;
    ssize_t length = recv(descriptor, heard, sizeof heard, 0);
    if (length < 0 && errno == EAGAIN) return;
    if (length <= 0) {
        drop(descriptor);
        return;
    }
    char *last = memrchr(heard, '\n', length);
    size_t whole = last ? last + 1 - heard : 0;
    if (whole) {
        append(turn, begun->bytes, begun->length);
        append(turn, heard, whole);
        begun->length = 0;
    }
    append(begun, heard + whole, length - whole);
}

int main(void) {
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (bind(listener, (struct sockaddr *)&address, size) < 0) die("bind");
    if (listen(listener, 4096) < 0) die("listen");
    getsockname(listener, (struct sockaddr *)&address, &size);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);

    if ((poller = epoll_create1(0)) < 0) die("epoll_create1");
    watch(listener, LISTENER, EPOLL_CTL_ADD, EPOLLIN);
    struct buffer turn = {0};
    static struct epoll_event events[MOST_EVENTS];
    for (;;) {
        int ready = epoll_wait(poller, events, MOST_EVENTS, -1);
        turn.length = 0;
        for (int i = 0; i < ready; i++) {
            int descriptor = events[i].data.fd;
            if (descriptor == LISTENER) welcome(listener);
            else {
                if (events[i].events & EPOLLOUT) flush(descriptor);
                if (events[i].events & ~EPOLLOUT) listen_to(descriptor, &turn);
            }
        }
        if (!turn.length) continue;
        for (int i = 0; i < count; i++) deliver(members[i], turn.bytes, turn.length);
    }
}
