package dev.sampo.persistence.store;

import static dev.sampo.persistence.store.Directories.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.store.Table;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.store.WriteSet.Write;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A process that writes to a store from several threads, and prints what was acknowledged. After a
 * failure it waits for a line of input, then tries again.
 */
final class StoreWriter {

  static final String FAILED = "failed";
  static final int EXIT_AFTER_FAILURE = 70;

  private static final int THREADS = 4;
  private static final Pattern ACKNOWLEDGEMENT = Pattern.compile("ack (\\d-\\d+)\\.");
  private static final String VALUE = "value ".repeat(200);

  private StoreWriter() {}

  /** Starts one; {@code tracer} is what comes before its command line. */
  static Process start(Path directory, String... tracer) throws IOException {
    var command = new ArrayList<>(List.of(tracer));
    command.addAll(
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            StoreWriter.class.getName(),
            directory.toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** The key in a line that acknowledges a write; a line that was cut acknowledges nothing. */
  static Optional<String> acknowledged(String line) {
    var matcher = ACKNOWLEDGEMENT.matcher(line);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  public static void main(String[] arguments) throws Exception {
    var store =
        NodeDirectory.open(
            Path.of(arguments[0]),
            Directories.LEDGER,
            Directories.VALIDATOR,
            Directories.MEMORY,
            failure -> System.out.println(FAILED));
    writeUntilItFails(store.ledger());
    System.in.read();
    for (int i = 0; i < 10; i++) {
      writeUntilItFails(store.ledger());
    }
    System.exit(EXIT_AFTER_FAILURE);
  }

  private static void writeUntilItFails(LedgerStore ledger) {
    var threads =
        IntStream.range(0, THREADS)
            .mapToObj(thread -> CompletableFuture.runAsync(() -> write(ledger, thread)))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(threads).join();
  }

  private static void write(LedgerStore ledger, int thread) {
    try {
      for (int i = 0; ; i++) {
        var key = text(thread + "-" + i);
        var value = text(VALUE + i);
        ledger.commit(
            new WriteSet(
                List.of(
                    new Write.Put(Table.BLOCK, key, value),
                    new Write.Put(Table.RESULT, key, value))));
        System.out.println("ack " + new String(key.toByteArray(), UTF_8) + ".");
      }
    } catch (StoreFailed stopped) {
      return;
    }
  }
}
