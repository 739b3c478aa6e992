package dev.sampo.simulation.planted;

import dev.sampo.simulation.run.Simulation;
import dev.sampo.simulation.shrink.Shrinker;
import dev.sampo.simulation.world.Machines;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Shrinks the run of a seed with the machines of its own class loader. Says how many events it had
 * before and has after, then what was shrunk in words.
 */
public final class ShrinkRunner implements BiFunction<Long, List<String>, List<String>> {

  @Override
  public List<String> apply(Long seed, List<String> runs) {
    var settings = Runs.decode(runs).settings(seed);
    var shrunk =
        Shrinker.shrink(
            settings,
            Simulation.scheduleOf(settings),
            Machines.SHIPPED,
            Shrinker.TIME_MAX,
            System::nanoTime);
    return List.of(
        Long.toString(shrunk.before().events()),
        Long.toString(shrunk.after().events()),
        shrunk.summary());
  }
}
