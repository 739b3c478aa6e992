package dev.sampo.core.consensus.testing;

import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.consensus.simplex.SimplexEngine;
import dev.sampo.core.types.ValidatorIndex;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random schedules with loss, partitions, crashes and traitors (2.20, 2.21, 2.24). */
@Tag("fault-1")
@Tag("fault-3")
@Tag("fault-4")
@Tag("fault-5")
@Tag("fault-21")
@Tag("fault-28")
@Tag("fault-58")
@Tag("fault-59")
class AdversarialTest {

  private static final long SEED = 20_260_101;

  @ParameterizedTest
  @CsvSource({"4,0,80", "4,1,120", "5,1,20", "6,1,20", "7,2,40", "3,0,20", "2,0,10", "1,0,10"})
  @DisplayName("I1-I9, I11 after every event; Live3 and Live4 after healing")
  void staysSafeAndBecomesLive(int validators, int traitors, int runs) {
    LongStream.range(SEED, SEED + runs)
        .forEach(seed -> Chaos.run(seed, validators, traitors, engines(validators)));
  }

  private static Function<ValidatorIndex, ConsensusEngine> engines(int validators) {
    var genesis = Fakes.genesis(validators);
    return index -> new SimplexEngine(genesis, index);
  }
}
