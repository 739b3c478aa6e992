package dev.sampo.persistence.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The file INIT of a data directory; written last by {@code init}, so that it proves the rest. */
final class InitFile {

  static final String NAME = "INIT";
  private static final int BYTES_MAX = 4096;
  private static final Pattern FORMAT_LINE = Pattern.compile("format (\\S{1,20})\n(?s:.*)");
  private static final Pattern CONTENT =
      Pattern.compile(
          "format "
              + NodeIdentity.FORMAT
              + "\nledger ([0-9a-f]{64})\nvalidator ([0-9a-f]{64})\ntoken ([0-9a-f]{32})\n");

  private InitFile() {}

  static void write(Path directory, NodeIdentity identity) throws IOException {
    var content =
        "format %d\nledger %s\nvalidator %s\ntoken %s\n"
            .formatted(
                NodeIdentity.FORMAT,
                identity.ledger().hex(),
                identity.validator().hex(),
                identity.token().hex());
    DurableFile.write(directory.resolve(NAME), Bytes.owning(content.getBytes(UTF_8)));
  }

  /** Reads INIT and compares it; adds what is wrong to {@code faults}. Empty if it is unusable. */
  static Optional<NodeIdentity> check(
      Path directory, LedgerId ledger, PublicKey validator, List<StartFault> faults) {
    var found = new ArrayList<StartFault>();
    var identity = read(directory, found);
    identity.ifPresent(
        initialised -> {
          if (!initialised.ledger().equals(ledger)) {
            found.add(new StartFault.ForeignLedger(ledger, initialised.ledger()));
          }
          if (!initialised.validator().equals(validator)) {
            found.add(new StartFault.ForeignKey(validator, initialised.validator()));
          }
        });
    faults.addAll(found);
    return identity;
  }

  private static Optional<NodeIdentity> read(Path directory, List<StartFault> faults) {
    var file = directory.resolve(NAME);
    if (!Files.exists(file)) {
      faults.add(new StartFault.NotInitialised(directory));
      return Optional.empty();
    }
    try (var in = Files.newInputStream(file)) {
      return parse(new String(in.readNBytes(BYTES_MAX), UTF_8), faults);
    } catch (IOException unreadable) {
      faults.add(new StartFault.Unusable(file.toString(), String.valueOf(unreadable)));
      return Optional.empty();
    }
  }

  private static Optional<NodeIdentity> parse(String content, List<StartFault> faults) {
    var lines = CONTENT.matcher(content);
    if (lines.matches()) {
      return Optional.of(
          new NodeIdentity(
              LedgerId.fromHex(lines.group(1)),
              PublicKey.fromHex(lines.group(2)),
              Bytes.fromHex(lines.group(3))));
    }
    var format = FORMAT_LINE.matcher(content);
    boolean isForeignFormat =
        format.matches() && !format.group(1).equals(String.valueOf(NodeIdentity.FORMAT));
    faults.add(
        isForeignFormat
            ? new StartFault.UnknownFormat(format.group(1), NodeIdentity.FORMAT)
            : new StartFault.Damaged("INIT is not what init writes"));
    return Optional.empty();
  }
}
