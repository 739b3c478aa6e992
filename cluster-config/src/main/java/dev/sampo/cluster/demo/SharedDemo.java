package dev.sampo.cluster.demo;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.launch.Collector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A demo whose validators have several nodes each, which share their replicas in a database. It
 * stays until it is stopped, and takes orders from {@code demo kill} and {@code demo restart}.
 */
public final class SharedDemo {

  /** How an order to kill a node begins; its name follows. */
  public static final String KILL = "kill ";

  private static final String RESTART = "restart ";

  private final Console console;
  private final Path pointerFile;
  private final Lifetime lifetime;
  private final DemoStart start;

  /** With nodes whose memory {@code collector} reclaims. */
  public SharedDemo(Console console, Path pointerFile, Collector collector) {
    this.console = console;
    this.pointerFile = pointerFile;
    this.lifetime = Lifetime.untilStopped(console::say);
    this.start = new DemoStart(collector, console, lifetime);
  }

  /** Returns only if the demo cannot start. */
  public ExitCode run(DemoChoice choice, DemoShape shape) throws IOException, InterruptedException {
    try {
      if (DemoPointer.find(pointerFile).isPresent()) {
        throw new CommandFailed(
            ExitCode.CONFLICT, "a demo runs already; stop it with Ctrl-C first");
      }
      var running = running(start.shared(choice, shape, this::report));
      console.answer(running.text(), running.pointer().json());
      new CountDownLatch(1).await();
      return ExitCode.OK;
    } finally {
      lifetime.end();
    }
  }

  private void report(ValidatorProcess.Death death) {
    console.say(
        "%s (process %d) ended with exit code %d; bring it back with: ./sampo demo restart %s"
            .formatted(death.name(), death.pid(), death.exitCode(), death.name()));
  }

  private Running running(SharedProcesses processes) throws IOException {
    var control = Files.createTempDirectory("sampo-control-").resolve("control.sock");
    lifetime.atEnd("remove " + control, () -> Files.deleteIfExists(control.resolveSibling("")));
    var running = new Running(processes, control);
    var socket = ControlSocket.listen(control);
    lifetime.atEnd("close " + control, () -> close(socket, control));
    socket.serve(running::obey, failed -> console.say("an order was not understood: " + failed));
    running.point();
    lifetime.atEnd("remove " + pointerFile, () -> Files.deleteIfExists(pointerFile));
    return running;
  }

  private static void close(ControlSocket socket, Path control) throws IOException {
    socket.close();
    Files.deleteIfExists(control);
  }

  /** The demo's processes, and what they are told. */
  private final class Running {

    private final SharedProcesses processes;
    private final Path control;

    Running(SharedProcesses processes, Path control) {
      this.processes = processes;
      this.control = control;
    }

    void point() throws IOException {
      pointer().write(pointerFile);
    }

    DemoPointer pointer() throws IOException {
      return processes.pointer(control);
    }

    String text() throws IOException {
      var text = new StringBuilder("Sampo is ready. Its nodes:\n");
      for (var node : pointer().validators()) {
        text.append(
            "  %s  data centre %s  %s  process %d  hosts %s%n"
                .formatted(
                    node.name(),
                    node.dataCentre(),
                    node.endpoint(),
                    node.pid(),
                    HostingProbe.ledgers(node.endpoint())));
      }
      return text.append("Ctrl-C stops it.").toString();
    }

    /** Answers in one line, as the demo of single nodes does. */
    String obey(String order) {
      try {
        var killed = find(order, KILL);
        if (killed.isPresent()) {
          killed.get().kill();
          return InteractiveDemo.DONE + killed.get().name() + " is killed";
        }
        var restarted = find(order, RESTART);
        if (restarted.isPresent()) {
          processes.restart(restarted.get());
          point();
          return InteractiveDemo.DONE
              + restarted.get().name()
              + " runs again, as process "
              + restarted.get().pid();
        }
        return InteractiveDemo.UNKNOWN_NODE + order.substring(order.indexOf(' ') + 1);
      } catch (IOException | IllegalStateException failed) {
        return "not done: " + order + ": " + failed.getMessage();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return "the demo is being stopped";
      }
    }

    private Optional<ValidatorProcess> find(String order, String verb) {
      return order.startsWith(verb)
          ? processes.find(order.substring(verb.length()))
          : Optional.empty();
    }
  }
}
