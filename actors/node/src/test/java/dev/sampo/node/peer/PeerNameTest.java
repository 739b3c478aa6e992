package dev.sampo.node.peer;

import static dev.sampo.core.message.PeerStream.VOTES;

import dev.sampo.core.types.Bytes;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer is known by its key, and found by its name wherever that leads. */
@Timeout(120)
@Tag("fault-20")
class PeerNameTest {

  private static final Bytes VOTE = Bytes.fromHex("0102");
  private static final String NAME = "peer.moving.test";

  /** One that is dialled again and again, as nothing else tells that it is back. */
  private static final ReconnectSettings SOON =
      new ReconnectSettings(
          Duration.ofMillis(50), Duration.ofMillis(200), 1_000, Duration.ofMillis(200));

  private final TestValidators validators = new TestValidators(2);

  private PeerSettings at(int index, String host) {
    var defaults = PeerSettings.loopback(validators.port(index));
    return new PeerSettings(
        host,
        validators.port(index),
        defaults.votes(),
        defaults.bodies(),
        SOON,
        defaults.connectTimeout(),
        defaults.handshakeTimeout(),
        defaults.unauthenticatedMax(),
        Duration.ofMillis(100),
        Duration.ofSeconds(5));
  }

  @Test
  void aPeerThatComesBackAtAnotherAddressIsFoundAgainByItsName() throws Exception {
    validators.name(1, NAME);
    MovingNames.tell(NAME, "127.0.0.2");
    try (var first = TestPeer.start(validators, 0, at(0, "127.0.0.1"))) {
      try (var second = TestPeer.start(validators, 1, at(1, "127.0.0.2"))) {
        first.awaitUp(1);
        second.awaitUp(0);
      }
      first.awaitDown(1);
      first.events.clear();

      MovingNames.tell(NAME, "127.0.0.3");
      try (var moved = TestPeer.start(validators, 1, at(1, "127.0.0.3"))) {
        first.awaitUp(1);
        first.send(VOTES, VOTE, 1);
        moved.awaitFrame(0, VOTES, VOTE);
      }
    }
  }
}
