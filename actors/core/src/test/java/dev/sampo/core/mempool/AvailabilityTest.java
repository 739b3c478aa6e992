package dev.sampo.core.mempool;

import static dev.sampo.core.testing.TestBatches.advance;
import static dev.sampo.core.testing.TestBatches.batch;
import static dev.sampo.core.testing.TestBatches.chain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.Cut;
import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.message.PeerMessage.BatchResponse;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.View;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules N4 and N5: when a voter may vote for a block that orders batches. */
class AvailabilityTest {

  private static final int OWNER = 2;

  private final MempoolProbe probe = new MempoolProbe();
  private final Block genesis = probe.ledger.genesis.block();
  private final Cut unused = probe.unused();
  private final List<Batch> chain = chain(OWNER, 0, Tip.UNUSED, 4);

  @Test
  @DisplayName("N4: by a proof of exactly the tip, without a single batch")
  void isAvailableByItsProof() {
    probe.prove(chain.get(0));
    probe.wantAvailable(1, unused, advance(unused, chain.get(1)), 1);
    assertThat(probe.available()).isEmpty();

    probe.prove(chain.get(1));

    assertThat(probe.available()).containsExactly(View.of(1));
  }

  @Test
  @DisplayName("N4, D1: or by all batches, once they are on disk")
  void isAvailableByItsBatches() {
    probe.holdDisk();
    probe.wantAvailable(1, unused, advance(unused, chain.get(1)), 1);
    probe.receive(chain.get(0));
    probe.sync();
    assertThat(probe.available()).isEmpty();
    probe.receive(chain.get(1));
    assertThat(probe.available()).isEmpty();
    probe.sync();
    assertThat(probe.available()).containsExactly(View.of(1));
  }

  @Test
  @DisplayName("N4: of every lane that advances")
  void needsEveryLane() {
    var other = batch(3, 0, Tip.UNUSED, 5);
    probe.prove(chain.get(0));
    probe.wantAvailable(1, unused, advance(unused, chain.get(0), other), 1);
    assertThat(probe.available()).isEmpty();
    probe.prove(other);
    assertThat(probe.available()).containsExactly(View.of(1));
  }

  @Test
  @DisplayName("N4: the batches of a fork serve a voter that holds them, acknowledged or not")
  void votesForAForkThatItHolds() {
    var twin = batch(OWNER, 0, Tip.UNUSED, 99);
    probe.receive(chain.get(0));
    probe.wantAvailable(1, unused, advance(unused, twin), 1);
    probe.passMillis(20);
    probe.receive(1, new BatchResponse(List.of(twin)));
    assertThat(probe.available()).containsExactly(View.of(1));
    assertThat(probe.signed()).containsExactly(chain.get(0).ack());
  }

  @Test
  @DisplayName("N5: what is missing is asked of the proposer first, then of all in rotation")
  void asksTheProposerFirst() {
    probe.receive(chain.get(0));
    probe.wantAvailable(1, unused, advance(unused, chain.get(2)), 3);
    probe.passMillis(19);
    assertThat(probe.sent(BatchRequest.class)).isEmpty();
    probe.passMillis(1);
    assertThat(probe.asked()).containsExactly(3);
    assertThat(probe.sent(BatchRequest.class))
        .containsExactly(MempoolProbe.request(Height.ZERO, chain.get(2)));

    probe.pass(Duration.ofSeconds(10));

    assertThat(probe.asked().subList(1, 4)).containsExactlyInAnyOrder(1, 2, 3);
    int before = probe.asked().size();
    probe.receive(1, new BatchResponse(List.of(chain.get(2), chain.get(1))));
    assertThat(probe.available()).containsExactly(View.of(1));
    probe.pass(Duration.ofSeconds(10));
    assertThat(probe.asked()).hasSize(before);
  }

  @Test
  @DisplayName("N5: nothing is asked for a view that the voter has left, or that is final")
  void givesUpOnOldViews() {
    probe.wantAvailable(1, unused, advance(unused, chain.get(3)), 1);
    probe.wantAvailable(2, unused, advance(unused, chain.get(1)), 1);
    probe.passMillis(20);
    assertThat(probe.sent(BatchRequest.class))
        .containsExactly(MempoolProbe.request(Height.ZERO, chain.get(1)));
    probe.makeFinal(probe.block(genesis, unused)); // in view 1
    var second = probe.block(probe.block(genesis, unused), unused);
    probe.makeFinal(second);
    probe.forget();

    probe.pass(Duration.ofMinutes(2));

    assertThat(probe.sent(BatchRequest.class)).isEmpty();
    probe.prove(chain.get(1));
    assertThat(probe.available()).isEmpty();
  }

  @Test
  @DisplayName("L4: a batch that a vote may rest upon survives a restart")
  void keepsWhatItHeld() {
    probe.wantAvailable(1, unused, advance(unused, chain.get(1)), 1);
    probe.passMillis(20);
    probe.receive(1, new BatchResponse(List.of(chain.get(1), chain.get(0))));
    probe.restart();

    probe.wantAvailable(1, unused, advance(unused, chain.get(1)), 1);

    assertThat(probe.available()).containsExactly(View.of(1));
  }
}
