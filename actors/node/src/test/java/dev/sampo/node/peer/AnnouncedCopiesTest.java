package dev.sampo.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Frames of an older copy are refused while a newer one is connected. */
@Tag("fault-34")
class AnnouncedCopiesTest {

  private static final ValidatorIndex PEER = ValidatorIndex.of(2);
  private static final ValidatorIndex STRANGER = ValidatorIndex.of(3);
  private static final LedgerId LEDGER = TestValidators.ledger(1);
  private static final Bytes FRAME = LEDGER.value();
  private static final Bytes OTHER_FRAME = TestValidators.ledger(2).value();

  private final AnnouncedCopies copies = new AnnouncedCopies();
  private final AnnouncedCopies.Connection older = copies.new Connection();
  private final AnnouncedCopies.Connection newer = copies.new Connection();

  private static Hosting hosts(long epoch) {
    return Hosting.NONE.with(LEDGER, epoch);
  }

  @Test
  void whereNobodyAnnouncedEverythingPasses() {
    assertThat(older.isOutdated(PEER, FRAME)).isFalse();
    assertThat(older.isOutdated(PEER, Bytes.EMPTY)).isFalse();
  }

  @Test
  void theOlderCopyIsRefusedAndTheNewerIsNot() {
    older.announce(PEER, hosts(5), 0);
    assertThat(older.isOutdated(PEER, FRAME)).isFalse();

    newer.announce(PEER, hosts(6), 0);

    assertThat(older.isOutdated(PEER, FRAME)).isTrue();
    assertThat(newer.isOutdated(PEER, FRAME)).isFalse();
    assertThat(older.isOutdated(PEER, OTHER_FRAME)).isFalse();
  }

  @Test
  void whoSaidNothingIsOlderThanWhoDid() {
    newer.announce(PEER, hosts(6), 0);

    assertThat(older.isOutdated(PEER, FRAME)).isTrue();
  }

  @Test
  void anotherValidatorsWordsDoNotCount() {
    newer.announce(STRANGER, hosts(6), 0);

    assertThat(older.isOutdated(PEER, FRAME)).isFalse();
  }

  @Test
  void whoIsGoneIsNoNewerCopy() {
    older.announce(PEER, hosts(5), 0);
    newer.announce(PEER, hosts(6), 0);

    newer.close();
    assertThat(older.isOutdated(PEER, FRAME)).isFalse();

    // Said after its end, as a stream may.
    newer.announce(PEER, hosts(7), 0);
    assertThat(older.isOutdated(PEER, FRAME)).isFalse();
  }

  @Test
  @Tag("fault-67")
  void announcementsAreLimitedInEachSecond() {
    for (int i = 0; i < AnnouncementLimit.PER_SECOND_MAX; i++) {
      assertThat(older.announce(PEER, hosts(5), 1)).isTrue();
    }
    assertThat(older.announce(PEER, hosts(9), 2)).isFalse();
    assertThat(older.announce(PEER, hosts(5), 1_000_000_002L)).isTrue();
  }
}
