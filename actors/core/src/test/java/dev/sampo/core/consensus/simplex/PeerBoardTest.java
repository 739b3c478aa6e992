package dev.sampo.core.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.consensus.InvariantViolation;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PeerBoardTest {

  private static final long START = Duration.ofHours(1).toNanos();
  private static final long DEAD_AFTER = Duration.ofSeconds(10).toNanos();
  private static final ValidatorIndex SELF = ValidatorIndex.of(0);
  private static final ValidatorIndex SUSPECT = ValidatorIndex.of(1);
  private static final ValidatorIndex SECOND = ValidatorIndex.of(2);
  private static final ValidatorIndex THIRD = ValidatorIndex.of(3);

  private final PeerBoard board = board(4);

  private static PeerBoard board(int validators) {
    var board = new PeerBoard(Committee.of(Fakes.genesis(validators), SELF));
    board.start(START, View.of(1));
    return board;
  }

  @Test
  void knowsOthersAlone() {
    assertThat(board.contains(SELF)).isFalse();
    assertThatThrownBy(() -> board.at(SELF)).isInstanceOf(InvariantViolation.class);
  }

  @Test
  @DisplayName("SY3: a height is credible if an honest peer claims it")
  void believesWhatOneMoreThanMayLieClaims() {
    board.claimHeight(board.at(SUSPECT), Height.of(100));
    assertThat(board.credibleHeight()).isEqualTo(Height.ZERO);
    board.claimHeight(board.at(THIRD), Height.of(7));
    assertThat(board.credibleHeight()).isEqualTo(Height.of(7));
    assertThat(board(1).credibleHeight()).isEqualTo(Height.ZERO);
  }

  @Test
  @DisplayName("B30: peers are asked in rotation, suspects last")
  void picksInRotation() {
    assertThat(board.pick(2)).containsExactly(SUSPECT, SECOND);
    assertThat(board.pick(2)).containsExactly(SECOND, THIRD);
    assertThat(board.pick(2)).containsExactly(THIRD, SUSPECT);
    board.at(SUSPECT).suspect();
    assertThat(board.pick(3)).containsExactly(SECOND, THIRD, SUSPECT);
    assertThat(board.pick(1, List.of(SELF, THIRD))).containsExactly(THIRD);
    assertThat(board.pick(1, List.of(SELF))).isEmpty();
  }

  /** The others were heard as long ago, and in as old a view, as still passes for alive. */
  private boolean seemsDead(long view, long finalView, long nanos) {
    long alive = START + 1;
    board.at(SECOND).heard(alive, View.of(2));
    board.at(THIRD).heard(alive, View.of(2));
    return board.seemsDead(SUSPECT, View.of(view), View.of(finalView), nanos);
  }

  @Test
  @DisplayName("TI6: a leader seems dead after ten seconds and 2n views while a quorum is alive")
  void aSilentLeaderSeemsDead() {
    long now = START + 1 + DEAD_AFTER;
    assertThat(seemsDead(10, 2, now)).isTrue();
    assertThat(seemsDead(10, 2, now - 1)).as("not yet for ten seconds").isFalse();
    assertThat(seemsDead(9, 2, now)).as("not yet for 2n views").isFalse();
    assertThat(seemsDead(10, 1, now)).as("2n views without finalization").isFalse();
    assertThat(seemsDead(10, 2, now + 1)).as("no quorum is alive").isFalse();
    assertThat(seemsDead(11, 3, now)).as("no quorum is alive in this view").isFalse();
    assertThat(board.seemsDead(SELF, View.of(10), View.of(2), now)).isFalse();
  }
}
