"""No new name looks like one that somebody has, or is here under."""

from pathlib import Path

from tests.server.test_moderation import knock
from tests.support import Client, running_server, wait_until
from tests.tagged import TaggedClient


def test_a_name_that_looks_like_anothers_is_refused_while_that_is_taken(tmp_path: Path) -> None:
    with running_server(data=tmp_path) as server:
        with TaggedClient(server.address, "paypal") as owner:
            token = owner.token
        for _ in range(2):  # whether its owner is there or not
            refusal = knock(server.address, "р\u0430ypal")
            assert refusal.code == "name-taken"
            assert refusal.why == "The name р\u0430ypal looks like paypal, which is taken."
        TaggedClient(server.address, "PayPal", token=token).close()  # it is their own
    with running_server(data=tmp_path) as server:
        assert knock(server.address, "р\u0430ypal").code == "name-taken"


def test_a_plain_clients_name_is_free_again_when_it_leaves() -> None:
    with running_server() as server:
        with Client(server.address, "paypal"), Client(server.address) as eve:
            eve.say("р\u0430ypal")
            eve.expect(
                "SERVER~The name р\u0430ypal looks like paypal, which is taken. "
                "Choose another username."
            )
        wait_until(lambda: not server.connections)
        Client(server.address, "р\u0430ypal").close()


def test_names_of_other_scripts_are_welcome_beside_each_other() -> None:
    with running_server() as server:
        names = ("анна", "anna", "Сергей", "王芳", "فاطمة", "דנה", "Ζωή", "José")
        clients = [TaggedClient(server.address, name) for name in names]
        for client in clients:
            client.close()
        wait_until(lambda: not server.connections)


def test_the_hosts_own_name_is_not_imitated() -> None:
    with running_server() as server:
        refusal = knock(server.address, "ЅERVER")
        assert (refusal.code, "looks like the host's own" in refusal.why) == ("name-taken", True)
