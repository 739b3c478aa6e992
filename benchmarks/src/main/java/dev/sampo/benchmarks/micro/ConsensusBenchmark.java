package dev.sampo.benchmarks.micro;

import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.simplex.SimplexEngine;
import dev.sampo.core.types.ValidatorIndex;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the engine of one of four validators spends on a block, from the proposal (every fourth is
 * its own) through notarization and finalization until the block is stored (protocol 2.3 to 2.8):
 * an engine is fed with all that one received, signed and wrote while blocks were made. Signatures,
 * the disk and the network are not in it.
 */
@State(Scope.Benchmark)
public class ConsensusBenchmark {

  private static final int BLOCKS = 200;

  private final RecordedLife life =
      RecordedLife.of(SampleLedger.create(), ValidatorIndex.of(1), BLOCKS);

  @Benchmark
  @OperationsPerInvocation(BLOCKS)
  public void notarizeAndFinalizeABlock(Blackhole effects) {
    var engine = new SimplexEngine(life.genesis(), life.self());
    int blocks = 0;
    for (var step : life.steps()) {
      for (var effect : engine.step(step.input(), step.at())) {
        effects.consume(effect);
        if (effect instanceof Effect.Finalized(var finalized, _)) {
          blocks += finalized.size();
        }
      }
    }
    if (blocks != life.blocks()) {
      throw new IllegalStateException(blocks + " blocks became final, not " + life.blocks());
    }
  }
}
