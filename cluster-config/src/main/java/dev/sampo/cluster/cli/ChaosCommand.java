package dev.sampo.cluster.cli;

import dev.sampo.cluster.chaos.ScenarioFile;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.demo.PlannedTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words of scenario files, for the demo that runs; it does what the subcommands ask. */
@Command(
    name = "chaos",
    description = {
      "Makes things go wrong in the running demo (./sampo demo in another terminal), in the words",
      "of scenario files. Peer links are cut; clients and the cluster's gossip still get through."
    },
    subcommands = {
      ChaosCommand.Run.class,
      ChaosCommand.Partition.class,
      ChaosCommand.Heal.class,
      ChaosCommand.Cut.class,
      ChaosCommand.Delay.class,
      ChaosCommand.Drop.class,
      ChaosCommand.Crash.class,
      ChaosCommand.Restart.class
    })
final class ChaosCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    throw new CommandFailed(
        ExitCode.USAGE, "say what shall go wrong: see 'sampo chaos --help' for the words");
  }

  /** Which links; left alone, all of them. */
  static final class Links {

    @Option(names = "--from", paramLabel = "NAME", description = "Default: every validator.")
    private String from = "*";

    @Option(names = "--to", paramLabel = "NAME", description = "Default: every validator.")
    private String to = "*";

    String words() {
      return from + ">" + to;
    }
  }

  @Command(name = "partition", description = "Validators hear their own group only.")
  static final class Partition implements Callable<Integer> {

    @Parameters(
        paramLabel = "GROUP",
        arity = "0..*",
        description = "Such as a b, or v1,v2 v3 v4: data centres and validators.")
    private List<String> groups = List.of();

    @Option(
        names = "--dc",
        paramLabel = "NAME",
        split = ",",
        description = "Such as a,b: each data centre is a group.")
    private List<String> dataCentres = List.of();

    @Mixin private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
      if (groups.isEmpty() == dataCentres.isEmpty()) {
        throw new CommandFailed(ExitCode.USAGE, "write: partition GROUP..., or --dc NAME,NAME");
      }
      var all = groups.isEmpty() ? dataCentres : groups;
      return ChaosDemo.find().make("partition " + String.join(" | ", all), output.console());
    }
  }

  @Command(name = "heal", description = "Every link works again; who is down stays down.")
  static final class Heal implements Callable<Integer> {

    @Mixin private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
      return ChaosDemo.find().make("heal", output.console());
    }
  }

  @Command(name = "cut", description = "What one says no longer reaches the other.")
  static final class Cut implements Callable<Integer> {

    @Mixin private final Links links = new Links();
    @Mixin private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
      return ChaosDemo.find().make("cut " + links.words(), output.console());
    }
  }

  @Command(name = "delay", description = "What is said arrives so much later.")
  static final class Delay implements Callable<Integer> {

    @Parameters(paramLabel = "RANGE", description = "Such as 20ms..200ms.")
    private String range = "";

    @Mixin private final Links links = new Links();
    @Mixin private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
      return ChaosDemo.find().make("delay " + links.words() + " " + range, output.console());
    }
  }

  @Command(name = "drop", description = "Connections are reset at so many of their chunks.")
  static final class Drop implements Callable<Integer> {

    @Parameters(paramLabel = "PERCENT", description = "Such as 2%%.")
    private String percent = "";

    @Mixin private final Links links = new Links();
    @Mixin private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
      return ChaosDemo.find().make("drop " + links.words() + " " + percent, output.console());
    }
  }

  @Command(name = "crash", description = "Kills a validator at once.")
  static final class Crash implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "Such as v3.")
    private String name = "";

    @Mixin private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
      return ChaosDemo.find().make("crash " + name, output.console());
    }
  }

  @Command(name = "restart", description = "Brings a validator back.")
  static final class Restart implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "Such as v3.")
    private String name = "";

    @Mixin private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
      return ChaosDemo.find().make("restart " + name, output.console());
    }
  }

  @Command(
      name = "run",
      description = "Plays a scenario file in real time; what is wrong at its end stays wrong.")
  static final class Run implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "A scenario file, see docs/testing.md.")
    private @Nullable Path file;

    @Mixin private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
      var path = Objects.requireNonNull(file);
      var console = output.console();
      var demo = ChaosDemo.find();
      var steps = ScenarioFile.read(path, demo.validators());
      long start = System.nanoTime();
      for (var step : steps) {
        PlannedTime.await(start + step.at().toNanos());
        demo.order(step.words());
        console.say("%6d ms  %s".formatted(step.at().toMillis(), step.words()));
      }
      var json = new LinkedHashMap<String, Object>();
      json.put("file", path.toString());
      json.put("faults", steps.size());
      console.answer("played " + steps.size() + " faults of " + path, json);
      return ExitCode.OK.number();
    }
  }
}
