package dev.sampo.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the shipped launcher with a home of its own and the jars that the phase "package" has made;
 * the first command trains the start-up cache.
 */
final class Sampo {

  /** Held by who starts four validators: twice as many would only wait for each other. */
  static final String CORES = "cores";

  private static final Path LAUNCHER = Path.of("..", "sampo").toAbsolutePath().normalize();
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration COMMAND_MAX = Duration.ofSeconds(150);

  private final Path home;

  Sampo(Path home) {
    this.home = home;
  }

  /** What a command printed, and its exit code. */
  record Result(List<String> command, int exitCode, String out, String talk) {

    JsonNode json() throws IOException {
      return MAPPER.readTree(out);
    }

    @Override
    public String toString() {
      return command + " exited with " + exitCode + "\n" + out + "\n" + talk;
    }
  }

  Path pointerFile() {
    return home.resolve(".sampo").resolve("demo.json");
  }

  JsonNode pointer() throws IOException {
    return MAPPER.readTree(pointerFile().toFile());
  }

  long pid(String validator) throws IOException {
    for (var each : pointer().get("validators")) {
      if (each.get("name").asText().equals(validator)) {
        return each.get("pid").asLong();
      }
    }
    throw new AssertionError("the demo has no validator " + validator);
  }

  /** Runs a command to its end. */
  Result run(String... arguments) throws IOException, InterruptedException {
    var out = Files.createTempFile(home, "out-", ".txt");
    var talk = Files.createTempFile(home, "talk-", ".txt");
    var process = start(out, talk, arguments);
    if (!process.waitFor(COMMAND_MAX.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError(
          List.of(arguments) + " did not end:\n" + Files.readString(out) + Files.readString(talk));
    }
    return new Result(
        List.of(arguments), process.exitValue(), Files.readString(out), Files.readString(talk));
  }

  /** Starts a command and leaves it running. */
  Process start(Path out, Path talk, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(LAUNCHER.toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().put("SAMPO_HOME", home.toString());
    builder.environment().put("SAMPO_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SAMPO_NO_BUILD", "1");
    builder.redirectOutput(out.toFile()).redirectError(talk.toFile());
    return builder.start();
  }
}
