package dev.sampo.cluster.demo;

import dev.sampo.cluster.launch.JavaCommand;
import dev.sampo.cluster.launch.NodeJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One validator of the demo as a JVM of its own; it can be started again after it ended. Its
 * standard input is a pipe from the demo, so that it ends when the demo does, however that ends.
 * Thread-safe.
 */
final class ValidatorProcess {

  /** How a validator ended without being told to. */
  record Death(String name, long pid, int exitCode) {}

  private static final int LOG_TAIL_LINES = 12;

  private final String name;
  private final Path config;
  private final Path log;
  private final NodeJvm jvm;
  private final Consumer<Death> onDeath;
  private @Nullable Process process;
  private boolean stopping;

  ValidatorProcess(String name, Path config, Path log, NodeJvm jvm, Consumer<Death> onDeath) {
    this.name = name;
    this.config = config;
    this.log = log;
    this.jvm = jvm;
    this.onDeath = onDeath;
  }

  String name() {
    return name;
  }

  Path log() {
    return log;
  }

  synchronized void start() throws IOException {
    if (process != null && process.isAlive()) {
      throw new IllegalStateException(name + " runs already");
    }
    var arguments = List.of("node", "--config", config.toString(), "--exit-with-parent");
    var builder = new ProcessBuilder(JavaCommand.forNode(arguments, jvm));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.directory(new File("."));
    // glibc gives each thread an arena of its own, which only costs memory here.
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    stopping = false;
    var started = builder.start();
    process = started;
    var _ = started.onExit().thenAccept(this::onExit);
  }

  private void onExit(Process ended) {
    if (!isExpectedEnd(ended)) {
      onDeath.accept(new Death(name, ended.pid(), ended.exitValue()));
    }
  }

  private synchronized boolean isExpectedEnd(Process ended) {
    return stopping || process == null || ended.pid() != process.pid();
  }

  /** Of the process that runs, or ran last; 0 before the first start. */
  synchronized long pid() {
    return process == null ? 0 : process.pid();
  }

  synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** The exit code of a process that has ended. */
  synchronized Optional<Integer> exitCode() {
    return process == null || process.isAlive()
        ? Optional.empty()
        : Optional.of(process.exitValue());
  }

  /** Asks it to stop; returns at once. */
  synchronized void requestStop() {
    stopping = true;
    if (process != null) {
      process.destroy();
    }
  }

  /** Kills it, as a loss of power would; not a death to report, as somebody asked for it. */
  void kill() throws InterruptedException {
    Process killed;
    synchronized (this) {
      stopping = true;
      killed = process;
    }
    if (killed != null) {
      killed.destroyForcibly().waitFor();
    }
  }

  /** Waits until it has ended, and ends it by force after {@code grace}. */
  void awaitEnd(Duration grace) throws InterruptedException {
    Process ending;
    synchronized (this) {
      ending = process;
    }
    if (ending != null && !ending.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      ending.destroyForcibly().waitFor();
    }
  }

  /** The end of its log. */
  String logTail() throws IOException {
    if (!Files.exists(log)) {
      return "";
    }
    var lines = Files.readAllLines(log);
    int from = Math.max(0, lines.size() - LOG_TAIL_LINES);
    return String.join("\n", lines.subList(from, lines.size()));
  }
}
