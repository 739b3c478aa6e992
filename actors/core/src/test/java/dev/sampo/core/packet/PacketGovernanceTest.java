package dev.sampo.core.packet;

import static dev.sampo.core.execution.TestLedger.ALICE;
import static dev.sampo.core.packet.Side.OLGA;
import static dev.sampo.core.packet.Side.OSKAR;
import static dev.sampo.core.packet.Side.OTTO;
import static dev.sampo.core.packet.TwoLedgers.DAY;
import static dev.sampo.core.packet.TwoLedgers.LIMITS;
import static dev.sampo.core.packet.TwoLedgers.TO_A;
import static dev.sampo.core.packet.TwoLedgers.TO_B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.execution.TestLedger;
import dev.sampo.core.packet.PacketOperation.Approve;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("4.1: operators decide about clients and channels")
class PacketGovernanceTest {

  private static final Proposal PAUSE = new Proposal(1, new Action.PauseChannel(TO_B));
  private static final Proposal RESUME = new Proposal(2, new Action.ResumeChannel(TO_B));

  private final TwoLedgers ledgers = TwoLedgers.connected();
  private final Side a = ledgers.a;

  private String approve(AccountId operator, Proposal proposal) {
    return a.submit(operator, Assets.onPackets(new Approve(proposal)));
  }

  private boolean isPaused() {
    return PacketState.channel(a.state(), TO_B).orElseThrow().paused();
  }

  private int pending() {
    var keys = PacketKeys.approvals();
    return a.state().range(keys.from(), keys.to(), 1_000).size();
  }

  @Test
  void carriesOutWhatEnoughOperatorsApproved() {
    assertThat(approve(OLGA, PAUSE)).isEqualTo("OK");
    assertThat(approve(OLGA, PAUSE)).isEqualTo("OK");
    assertThat(a.events()).containsExactly("approved_already");
    assertThat(isPaused()).isFalse();
    assertThat(approve(OTTO, PAUSE)).isEqualTo("OK");
    assertThat(a.events()).containsExactly("channel_paused");
    assertThat(isPaused()).isTrue();
    assertThat(pending()).isZero();
  }

  @Test
  void carriesNothingOutTwice() {
    approve(OLGA, PAUSE);
    approve(OTTO, PAUSE);
    approve(OLGA, RESUME);
    approve(OTTO, RESUME);
    assertThat(isPaused()).isFalse();

    // Whoever comes late does not lower the threshold of another time.
    assertThat(approve(OSKAR, PAUSE)).isEqualTo("OK");
    assertThat(approve(OLGA, PAUSE)).isEqualTo("OK");
    assertThat(a.events()).containsExactly("approved_already");
    assertThat(isPaused()).isFalse();
    assertThat(pending()).isZero();

    var again = new Proposal(3, PAUSE.action());
    approve(OLGA, again);
    approve(OTTO, again);
    assertThat(isPaused()).isTrue();
  }

  @Test
  void listensToOperatorsOnly() {
    assertThat(approve(ALICE, PAUSE)).isEqualTo("NOT_OPERATOR");
    var alone = new TestLedger();
    var body =
        alone.body(ALICE, Assets.onPackets(new Approve(PAUSE)), 1, TestLedger.START + 60_000);
    assertThat(TestLedger.texts(alone.run(TestLedger.START + 1, TestLedger.sign(body))))
        .containsExactly("NOT_OPERATOR");
  }

  @Test
  void keepsABoundedNumberOfApprovalsOfEachOperator() {
    approve(OSKAR, PAUSE);
    for (int i = 0; i < Governance.APPROVALS_MAX + 5; i++) {
      assertThat(approve(OLGA, new Proposal(100 + i, PAUSE.action()))).isEqualTo("OK");
    }
    assertThat(pending()).isEqualTo(Governance.APPROVALS_MAX + 1);

    // Her oldest is forgotten, her newest counts, and so does what others said.
    approve(OTTO, new Proposal(100, PAUSE.action()));
    assertThat(isPaused()).isFalse();
    approve(OTTO, PAUSE);
    assertThat(isPaused()).isTrue();
    approve(OLGA, RESUME);
    approve(OTTO, RESUME);
    approve(OTTO, new Proposal(100 + Governance.APPROVALS_MAX + 4, PAUSE.action()));
    assertThat(isPaused()).isTrue();
  }

  @Test
  void tellsWhenADecisionCannotBeCarriedOut() {
    var validators = TestLedger.validators();
    var stranger = new LedgerId(Hash.ZERO.value());
    var other = new ChannelId("other");
    var anchor = new Anchor(Height.of(1), Hash.ZERO, LedgerTime.ofMillis(a.time()), Hash.ZERO);

    assertThat(a.decide(new Action.ConnectClient(ledgers.b.id(), validators, DAY)))
        .isEqualTo("CLIENT_EXISTS");
    assertThat(a.decide(new Action.ConnectClient(a.id(), validators, DAY)))
        .isEqualTo("INVALID_ACTION");
    assertThat(a.decide(new Action.OpenChannel(TO_B, ledgers.b.id(), TO_A, LIMITS)))
        .isEqualTo("CHANNEL_EXISTS");
    assertThat(a.decide(new Action.OpenChannel(other, stranger, TO_A, LIMITS)))
        .isEqualTo("UNKNOWN_CLIENT");
    assertThat(a.decide(new Action.PauseChannel(other))).isEqualTo("UNKNOWN_CHANNEL");
    assertThat(a.decide(new Action.ResumeChannel(other))).isEqualTo("UNKNOWN_CHANNEL");
    assertThat(a.decide(new Action.ResolveClient(stranger, anchor))).isEqualTo("UNKNOWN_CLIENT");
  }

  @Test
  void remembersTheApprovalsOfWhatCannotBeCarriedOutYet() {
    var other = new ChannelId("other");
    var pause = new Proposal(7, new Action.PauseChannel(other));
    approve(OLGA, pause);
    assertThat(approve(OTTO, pause)).isEqualTo("UNKNOWN_CHANNEL");
    a.decide(new Action.OpenChannel(other, ledgers.b.id(), TO_A, LIMITS));
    assertThat(approve(OTTO, pause)).isEqualTo("OK");
    assertThat(PacketState.channel(a.state(), other).orElseThrow().paused()).isTrue();
  }

  @Test
  void refusesOperatorsThatCannotDecide() {
    assertThatThrownBy(() -> new Operators(List.of(OLGA), 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Operators(List.of(OLGA), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Operators(List.of(), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Operators(List.of(OTTO, OLGA), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
