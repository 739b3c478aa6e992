package dev.sampo.client;

import io.grpc.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Every error code of the API with its meaning, from the one file {@code errors.csv}. */
public final class ErrorCatalogue {

  /** Who comes to the verdict. */
  public enum RaisedBy {
    /** The rules of the ledger or of its mempools. */
    LEDGER,
    /** The application that the ledger runs. */
    APPLICATION,
    /** The gateway of a node, about a request. */
    GATEWAY,
    /** The client library itself. */
    CLIENT
  }

  /**
   * The meaning of a code.
   *
   * @param retryable the same signed bytes, or the same request, may succeed later
   * @param safeToResubmit the transaction had no effect and never will, so that a new one for the
   *     same purpose cannot do it twice
   * @param title one sentence without a full stop
   */
  public record Entry(
      String code,
      RaisedBy raisedBy,
      Status.Code grpcStatus,
      int httpStatus,
      boolean retryable,
      boolean safeToResubmit,
      String title,
      String whatToDo) {

    /** Whether the verdict is about a transaction and not about the request that carried it. */
    public boolean isAboutTransaction() {
      return raisedBy == RaisedBy.LEDGER || raisedBy == RaisedBy.APPLICATION;
    }
  }

  private static final String RESOURCE = "/dev/sampo/errors.csv";
  private static final int COLUMNS = 8;

  private final Map<String, Entry> entries;

  private ErrorCatalogue(Map<String, Entry> entries) {
    this.entries = entries;
  }

  public static ErrorCatalogue load() {
    var entries = new LinkedHashMap<String, Entry>();
    try (var in =
            Objects.requireNonNull(ErrorCatalogue.class.getResourceAsStream(RESOURCE), RESOURCE);
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines.lines().skip(1).map(ErrorCatalogue::parse).forEach(e -> add(entries, e));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return new ErrorCatalogue(Collections.unmodifiableMap(entries));
  }

  private static void add(Map<String, Entry> entries, Entry entry) {
    if (entries.put(entry.code(), entry) != null) {
      throw new IllegalStateException(RESOURCE + " has " + entry.code() + " twice");
    }
  }

  private static Entry parse(String line) {
    var column = line.split(",", -1);
    if (column.length != COLUMNS) {
      throw new IllegalStateException(RESOURCE + " needs " + COLUMNS + " columns: " + line);
    }
    return new Entry(
        column[0],
        RaisedBy.valueOf(column[1].toUpperCase(Locale.ROOT)),
        Status.Code.valueOf(column[2]),
        Integer.parseInt(column[3]),
        parseBoolean(column[4]),
        parseBoolean(column[5]),
        column[6],
        column[7]);
  }

  private static boolean parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalStateException(RESOURCE + " has neither true nor false: " + text);
    };
  }

  /** In the order of the file. */
  public Collection<Entry> entries() {
    return entries.values();
  }

  public Optional<Entry> find(String code) {
    return Optional.ofNullable(entries.get(code));
  }

  /** The entry of {@code code}; one that is not in the file is an application's own final error. */
  public Entry get(String code) {
    return find(code).orElseGet(() -> ofApplication(code));
  }

  private static Entry ofApplication(String code) {
    return new Entry(
        code,
        RaisedBy.APPLICATION,
        Status.Code.FAILED_PRECONDITION,
        422,
        false,
        true,
        "The application refused the transaction",
        "It had no effect. Look the code up in the documentation of the application.");
  }
}
