package dev.sampo.simulation.run;

import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.swarm.Swarm;
import dev.sampo.simulation.swarm.SwarmSettings;
import dev.sampo.simulation.world.Machines;
import dev.sampo.simulation.world.SimulationSettings;
import dev.sampo.simulation.world.World;

/** Runs worlds from start to end. */
public final class Simulation {

  /** Changes whenever the same seed no longer means the same faults or the same run. */
  public static final int VERSION = 5;

  private Simulation() {}

  /** Runs with the faults that the seed stands for. */
  public static RunResult run(SimulationSettings settings) {
    return run(settings, scheduleOf(settings));
  }

  /** Runs with these faults, whatever the seed stands for. */
  public static RunResult run(SimulationSettings settings, FaultSchedule schedule) {
    return run(settings, schedule, Machines.SHIPPED);
  }

  /** Runs machines that may be weakened on purpose. */
  public static RunResult run(
      SimulationSettings settings, FaultSchedule schedule, Machines machines) {
    return run(new World(settings, schedule, machines), schedule);
  }

  /** Runs a world that was made with {@code schedule} to its end. */
  public static RunResult run(World world, FaultSchedule schedule) {
    world.run();
    return new RunResult(
        world.settings(),
        schedule,
        world.violations(),
        world.height().number(),
        world.time(),
        world.events(),
        world.eventHash(),
        world.sometimes().counts());
  }

  public static FaultSchedule scheduleOf(SimulationSettings settings) {
    return Swarm.draw(
        new SwarmSettings(
            settings.seed(),
            settings.validators(),
            settings.profile(),
            settings.families(),
            settings.behaviours(),
            settings.duration()));
  }
}
