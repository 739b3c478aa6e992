package dev.sampo.core.consensus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.consensus.simplex.RecoveringEngine;
import dev.sampo.core.consensus.solo.SoloEngine;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.types.ValidatorIndex;
import org.junit.jupiter.api.Test;

class ConsensusEnginesTest {

  private static final ValidatorIndex FIRST = ValidatorIndex.of(0);

  @Test
  void createsTheEngineThatTheGenesisNames() {
    var simplex = Fakes.genesis(4, "simplex", LedgerParameters.DEFAULT);
    var solo = Fakes.genesis(1, "solo", LedgerParameters.DEFAULT);
    assertThat(ConsensusEngines.create(simplex, FIRST)).isInstanceOf(RecoveringEngine.class);
    assertThat(ConsensusEngines.create(solo, FIRST)).isInstanceOf(SoloEngine.class);
  }

  @Test
  void namesTheKnownEnginesIfItDoesNotKnowOne() {
    var unknown = Fakes.genesis(4, "raft", LedgerParameters.DEFAULT);
    assertThatThrownBy(() -> ConsensusEngines.create(unknown, FIRST))
        .hasMessageContaining("raft")
        .hasMessageContaining("simplex")
        .hasMessageContaining("solo");
  }

  @Test
  void refusesSoloForSeveralValidators() {
    var several = Fakes.genesis(4, "solo", LedgerParameters.DEFAULT);
    assertThatThrownBy(() -> ConsensusEngines.create(several, FIRST))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
