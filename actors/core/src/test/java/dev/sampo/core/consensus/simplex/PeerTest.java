package dev.sampo.core.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PeerTest {

  private static final long INTERVAL = 100;

  private final Peer peer = new Peer(ValidatorIndex.of(1), 0, View.of(1));

  @Test
  @DisplayName("TI6: a suspicion lasts until the peer is heard")
  void isSuspectedUntilHeard() {
    assertThat(peer.isSuspected()).isFalse();
    peer.suspect();
    assertThat(peer.isSuspected()).isTrue();
    peer.heard(7, View.of(3));
    assertThat(peer.isSuspected()).isFalse();
    assertThat(peer.heardAt()).isEqualTo(7);
    assertThat(peer.heardIn()).isEqualTo(View.of(3));
  }

  @Test
  @DisplayName("C3: what a peer holds final it has left")
  void whatIsFinalIsLeft() {
    peer.claimFinal(View.of(4));
    assertThat(peer.view()).isEqualTo(View.of(5));
    peer.seenAbove(View.of(Long.MAX_VALUE));
    assertThat(peer.view()).isEqualTo(View.of(Long.MAX_VALUE));
  }

  @Test
  @DisplayName("S2: a lower claim than before means a restart")
  void aLowerClaimIsARestart() {
    peer.claimFinal(View.of(9));
    peer.cursor(View.of(12));
    peer.claimFinal(View.of(9));
    assertThat(peer.cursor()).isEqualTo(View.of(12));

    peer.claimFinal(View.of(3));
    assertThat(peer.cursor()).isEqualTo(View.ZERO);
    assertThat(peer.view()).isEqualTo(View.of(4));
    assertThat(peer.lastFinal()).isEqualTo(View.of(3));
  }

  @Test
  @DisplayName("C4: a peer is behind since the finalization that it lacks")
  void countsHowLongItIsBehind() {
    assertThat(peer.lag(View.of(5), 1_000)).isZero();
    assertThat(peer.lag(View.of(5), 1_030)).isEqualTo(30);
    peer.claimFinal(View.of(5));
    assertThat(peer.lag(View.of(5), 1_040)).isZero();
    assertThat(peer.lag(View.of(6), 1_050)).isZero();
    assertThat(peer.lag(View.of(6), 1_051)).isEqualTo(1);
  }

  @Test
  @DisplayName("C4: one unasked answer in an interval")
  void answersOnceInAnInterval() {
    assertThat(peer.mayAnswer(0, INTERVAL)).isTrue();
    assertThat(peer.mayAnswer(INTERVAL - 1, INTERVAL)).isFalse();
    assertThat(peer.mayAnswer(INTERVAL, INTERVAL)).isTrue();
  }

  @Test
  @DisplayName("S3: one Status in an interval")
  void answersStatusOnceInAnInterval() {
    assertThat(peer.mayAnswerStatus(0, INTERVAL)).isTrue();
    peer.statusSent(0);
    assertThat(peer.mayAnswerStatus(INTERVAL - 1, INTERVAL)).isFalse();
    assertThat(peer.mayAnswerStatus(INTERVAL, INTERVAL)).isTrue();
  }
}
