package dev.sampo.cluster.demo;

import dev.sampo.cluster.chaos.ChaosOrders;
import dev.sampo.cluster.chaos.ChaosWords;
import dev.sampo.cluster.chaos.PeerLinks;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.launch.Collector;
import dev.sampo.cluster.launch.NodeJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;

/**
 * A demo that stays until it is stopped, and takes orders from {@code demo restart} and {@code
 * chaos}.
 */
public final class InteractiveDemo {

  /** What a good answer to an order begins with. */
  public static final String DONE = "done: ";

  /** How the answer to an order begins that names no node of the demo. */
  public static final String UNKNOWN_NODE = "the demo has no node ";

  /** How an order to make a fault happen begins; the fault follows in the words of scenarios. */
  public static final String CHAOS = "chaos ";

  private static final String RESTART = "restart ";
  private static final Duration READY_MAX = Duration.ofMinutes(2);

  private final Console console;
  private final Path pointerFile;
  private final Collector collector;
  private final Lifetime lifetime;

  /** With validators whose memory {@code collector} reclaims. */
  public InteractiveDemo(Console console, Path pointerFile, Collector collector) {
    this.console = console;
    this.pointerFile = pointerFile;
    this.collector = collector;
    this.lifetime = Lifetime.untilStopped(console::say);
  }

  /** Returns only if the demo cannot start. */
  public ExitCode run(OptionalInt firstPort, DemoChoice choice)
      throws IOException, InterruptedException {
    try {
      requireNoOther();
      var session = start(firstPort, choice);
      session.announce();
      new CountDownLatch(1).await();
      return ExitCode.OK;
    } finally {
      lifetime.end();
    }
  }

  private void requireNoOther() {
    var other = DemoPointer.find(pointerFile);
    if (other.isPresent()) {
      throw new CommandFailed(
          ExitCode.CONFLICT,
          "a demo runs already (process " + other.get().pid() + "); stop it with Ctrl-C first");
    }
  }

  private Session start(OptionalInt firstPort, DemoChoice choice)
      throws IOException, InterruptedException {
    var folder = DemoFolder.open(choice.data());
    lifetime.atEnd("remove " + folder.path(), folder::removeIfTemporary);
    var layout = DemoLayout.in(folder.path(), choice, new SecureRandom());
    var ports = DemoPorts.wanted(firstPort, choice.sites());
    var links = PeerLinks.open(ports.peer(), new SecureRandom().nextLong());
    lifetime.atEnd("close the peer links", links::close);
    var files = new NodeFiles(layout, ports, links::port);
    int validators = choice.sites().validators();
    int ledgers = DemoCharters.of(layout).documents().size();
    var jvm = new NodeJvm(collector, Optional.empty(), ledgers);
    var jvms = Collections.nCopies(validators, jvm);
    var cluster = DemoCluster.prepare(layout, ports, files, jvms, this::report);
    lifetime.atEnd("stop the validators", cluster::stop);
    console.say("starting " + validators + " validators in " + folder.path() + " ...");
    cluster.start();
    cluster.awaitReady(READY_MAX, console::say);
    connectLedgers(layout, cluster.endpoints());
    var control = controlPath(folder.path());
    var session = new Session(cluster, control, links);
    var socket = ControlSocket.listen(control);
    lifetime.atEnd("close " + control, socket::close);
    socket.serve(session::obey, failed -> console.say("an order was not understood: " + failed));
    session.point();
    lifetime.atEnd("remove " + pointerFile, () -> Files.deleteIfExists(pointerFile));
    return session;
  }

  private void connectLedgers(DemoLayout layout, List<String> endpoints) throws IOException {
    var ledgers = DemoCharters.of(layout).documents();
    if (ledgers.size() > 1) {
      var connected =
          DemoChannels.connect(ledgers, layout.keys(), DemoSession.clientsAt(endpoints));
      console.say(connected.text());
    }
  }

  /** In the demo's folder, or in a fresh one if that path is too long for a socket. */
  private Path controlPath(Path folder) throws IOException {
    var inside = folder.resolve("control.sock");
    if (inside.toString().getBytes(StandardCharsets.UTF_8).length <= ControlSocket.PATH_MAX) {
      return inside;
    }
    var elsewhere = Files.createTempDirectory("sampo-control-");
    lifetime.atEnd("remove " + elsewhere, () -> Files.deleteIfExists(elsewhere));
    return elsewhere.resolve("control.sock");
  }

  private void report(ValidatorProcess.Death death) {
    console.say(
        "%s (process %d) ended with exit code %d; bring it back with: ./sampo demo restart %s"
            .formatted(death.name(), death.pid(), death.exitCode(), death.name()));
  }

  /** The demo once it is ready. */
  private final class Session {

    private final DemoCluster cluster;
    private final Path control;
    private final ChaosOrders chaos;

    Session(DemoCluster cluster, Path control, PeerLinks links) throws IOException {
      this.cluster = cluster;
      this.control = control;
      var validators = cluster.pointer(control).validators();
      var words =
          ChaosWords.of(
              validators.stream().map(DemoPointer.Validator::name).toList(),
              validators.stream().map(DemoPointer.Validator::dataCentre).toList());
      this.chaos = new ChaosOrders(words, links, new Processes());
    }

    void point() throws IOException {
      cluster.pointer(control).write(pointerFile);
    }

    void announce() throws IOException {
      var pointer = cluster.pointer(control);
      var text = new StringBuilder("Sampo is ready. Its validators:\n");
      for (var validator : pointer.validators()) {
        text.append(
            "  %s  data centre %s  %s  process %d%n"
                .formatted(
                    validator.name(),
                    validator.dataCentre(),
                    validator.endpoint(),
                    validator.pid()));
      }
      for (var gateway : cluster.gatewayEndpoints()) {
        text.append("  gateway %s%n".formatted(gateway));
      }
      for (var reader : pointer.readers()) {
        text.append("  reader %s  %s%n".formatted(reader.name(), reader.endpoint()));
      }
      text.append(
          """
          Try in another terminal:
            ./sampo status
            ./sampo tx transfer --from alice --to bob --amount 5 --wait
            ./sampo account bob --prove
            ./sampo chaos partition a b
            ./sampo chaos heal
          Ctrl-C stops it.\
          """);
      console.answer(text.toString(), pointer.json());
    }

    /** Answers in one line, which begins with {@link #DONE} if the order was carried out. */
    String obey(String order) {
      try {
        if (order.startsWith(CHAOS)) {
          var fault = chaos.obey(order.substring(CHAOS.length()));
          console.say("chaos: " + fault);
          return DONE + fault;
        }
        if (!order.startsWith(RESTART)) {
          return "not understood: " + order;
        }
        var name = order.substring(RESTART.length());
        var found = cluster.find(name);
        if (found.isEmpty()) {
          return UNKNOWN_NODE + name;
        }
        restart(found.get());
        return DONE + name + " runs again, as process " + found.get().pid();
      } catch (CommandFailed failed) {
        console.say(failed.text());
        return failed.text().lines().findFirst().orElseThrow();
      } catch (IOException | IllegalStateException failed) {
        return "not done: " + order + ": " + failed.getMessage();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return "the demo is being stopped";
      }
    }

    private void restart(ValidatorProcess process) throws IOException, InterruptedException {
      cluster.restart(process);
      point();
      cluster.awaitAlive(process, READY_MAX);
    }

    /** The validators as chaos knows them. */
    private final class Processes implements ChaosOrders.Processes {

      @Override
      public void crash(int validator) throws InterruptedException {
        cluster.processes().get(validator).kill();
      }

      @Override
      public void restart(int validator) throws IOException, InterruptedException {
        Session.this.restart(cluster.processes().get(validator));
      }
    }
  }
}
