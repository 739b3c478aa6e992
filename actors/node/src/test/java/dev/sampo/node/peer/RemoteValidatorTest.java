package dev.sampo.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Frames of a ledger go to the node that hosts the newest copy (protocol V1). */
@Tag("fault-34")
class RemoteValidatorTest {

  private static final ValidatorIndex PEER = ValidatorIndex.of(2);
  private static final LedgerId LEDGER = TestValidators.ledger(1);
  private static final LedgerId OTHER = TestValidators.ledger(2);
  private static final LinkStatus DOWN = LinkStatus.INITIAL;
  private static final LinkStatus UP =
      new LinkStatus(
          true, Breaker.CLOSED, 0, 0, 0, Optional.empty(), Optional.empty(), Optional.empty());

  private final RemoteValidator single = new RemoteValidator(PEER, List.of(address(1)));
  private final RemoteValidator pair = new RemoteValidator(PEER, List.of(address(1), address(2)));

  private static PeerAddress address(int port) {
    return new PeerAddress("127.0.0.1", port);
  }

  private List<PeerEvent> note(int node, LinkStatus votes, Hosting heard) {
    return pair.note(node, votes, DOWN, heard);
  }

  private static Hosting hosts(LedgerId ledger, long epoch) {
    return Hosting.NONE.with(ledger, epoch);
  }

  @Test
  void aValidatorOfOneNodeIsSentEverythingWhateverItSays() {
    assertThat(single.nodeFor(LEDGER)).hasValue(0);
    assertThat(single.note(0, UP, DOWN, Hosting.NONE)).containsExactly(new PeerEvent.PeerUp(PEER));
    assertThat(single.note(0, UP, UP, Hosting.NONE)).isEmpty();
    assertThat(single.note(0, DOWN, UP, Hosting.NONE))
        .containsExactly(new PeerEvent.PeerDown(PEER));
  }

  @Test
  void whatNobodyHostsGoesNowhere() {
    assertThat(note(0, UP, Hosting.NONE)).isEmpty();
    assertThat(pair.nodeFor(LEDGER)).isEmpty();
    assertThat(pair.isReachable()).isTrue();
  }

  @Test
  void theNewestCopyIsSentTheFrames() {
    assertThat(note(0, UP, hosts(LEDGER, 5))).containsExactly(new PeerEvent.CopyUp(PEER, LEDGER));
    assertThat(pair.nodeFor(LEDGER)).hasValue(0);
    assertThat(pair.nodeFor(OTHER)).isEmpty();

    assertThat(note(1, UP, hosts(LEDGER, 6))).containsExactly(new PeerEvent.CopyUp(PEER, LEDGER));
    assertThat(pair.nodeFor(LEDGER)).hasValue(1);

    // The older one may still say it, for it has not heard.
    assertThat(note(0, UP, hosts(LEDGER, 5).with(OTHER, 1)))
        .containsExactly(new PeerEvent.CopyUp(PEER, OTHER));
    assertThat(pair.nodeFor(LEDGER)).hasValue(1);
    assertThat(pair.nodeFor(OTHER)).hasValue(0);
  }

  @Test
  void aLedgerIsDownWhenTheLinkIsOrTheNodeReleasesIt() {
    note(0, UP, hosts(LEDGER, 5).with(OTHER, 1));

    assertThat(note(0, UP, hosts(OTHER, 1))).containsExactly(new PeerEvent.CopyDown(PEER, LEDGER));
    assertThat(note(0, DOWN, hosts(OTHER, 1))).containsExactly(new PeerEvent.CopyDown(PEER, OTHER));
    assertThat(pair.nodeFor(OTHER)).isEmpty();
    assertThat(pair.isReachable()).isFalse();
  }

  @Test
  void whatWasSaidOnceIsNotToldAgain() {
    note(0, UP, hosts(LEDGER, 5));

    assertThat(note(0, UP, hosts(LEDGER, 5))).isEmpty();
    assertThat(note(1, UP, Hosting.NONE)).isEmpty();
  }
}
