package dev.sampo.core.consensus.simplex;

import static dev.sampo.core.consensus.simplex.EngineProbe.nullify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.EngineEvent;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators are told: nothing rests on it, so nothing else would miss it. */
class EngineEventsTest {

  private static final Duration SINCE = Duration.ofMillis(7);

  private final EngineProbe engine = EngineProbe.voter();
  private final Block first = engine.block(1, engine.genesisBlock(), Fakes.transaction(1));

  private List<EngineEvent> reported() {
    return engine.effects(Effect.Report.class).stream().map(Effect.Report::event).toList();
  }

  @Test
  void tellsOfANotarizedBlockAndTheNextView() {
    engine.pass(SINCE);
    engine.certificates(engine.notarization(first));
    assertThat(reported())
        .contains(
            new EngineEvent.BlockNotarized(View.of(1), SINCE),
            new EngineEvent.ViewEntered(View.of(2), engine.leader(2)));
  }

  @Test
  void tellsOfANullifiedView() {
    engine.certificates(engine.nullification(1));
    assertThat(reported()).contains(new EngineEvent.ViewNullified(View.of(1)));
  }

  @Test
  void tellsOfAFinalBlock() {
    engine.pass(SINCE);
    engine.certificates(engine.finalization(first));
    assertThat(reported()).contains(new EngineEvent.BlockFinalized(View.of(1), SINCE));
  }

  @Test
  void tellsWhyAMessageIsIgnored() {
    var stranger = ValidatorIndex.of(9);
    engine.receive(stranger, new ConsensusVote(Fakes.vote(nullify(1), engine.peer(0))));
    var wrong = engine.leader(1).equals(engine.peer(0)) ? engine.peer(1) : engine.peer(0);
    engine.propose(engine.block(1, engine.genesisBlock(), header -> by(wrong, header)));
    var otherEpoch = new Statement.Nullify(Epoch.of(1), View.of(1));
    engine.vote(engine.peer(2), otherEpoch);
    assertThat(reported())
        .contains(
            new EngineEvent.MessageIgnored(stranger, "not a validator"),
            new EngineEvent.MessageIgnored(wrong, "not the leader's proposal"),
            new EngineEvent.MessageIgnored(engine.peer(2), "not a vote of this epoch"));
  }

  private static BlockHeader by(ValidatorIndex proposer, BlockHeader header) {
    return new BlockHeader(
        header.version(),
        header.ledger(),
        header.position(),
        header.time(),
        proposer,
        header.type(),
        header.content());
  }
}
