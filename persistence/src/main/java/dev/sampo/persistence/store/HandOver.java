package dev.sampo.persistence.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sampo.core.genesis.MoveOrder;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a data directory stands after its newest hand-over (protocol V3): its file HANDOVER, which is
 * replaced as a whole at each step. One that has none is in its first tenure, number 0.
 *
 * @param tenure what signs is always one directory in one tenure; of a sealed directory the one
 *     that has ended, otherwise the one that began or was refused; not negative
 * @param tail of the replicas when the directory was sealed, see {@link ReplicaTail}
 * @param target the name of the node that it was sealed for
 */
public record HandOver(Standing standing, long tenure, Hash tail, String target) {

  /** Which step was the newest. */
  public enum Standing {
    /** Handed over: never opens for signing again in this tenure or a later one of the target. */
    SEALED,
    /** Opens for signing, in this tenure. */
    OPENED,
    /** A copy whose target has declined this tenure for good. */
    REFUSED
  }

  static final String NAME = "HANDOVER";

  private static final int FORMAT = 1;
  static final int BYTES_MAX = 4096;
  private static final Pattern CONTENT =
      Pattern.compile(
          "format "
              + FORMAT
              + "\nstanding (sealed|opened|refused)\ntenure (0|[1-9][0-9]{0,17})"
              + "\ntail ([0-9a-f]{64})\ntarget ([!-~]{1,256})\n");

  public HandOver {
    if (tenure < 0) {
      throw new IllegalArgumentException("no tenure is negative, got " + tenure);
    }
    if (!MoveOrder.isName(target)) {
      throw new IllegalArgumentException("a node's name is 1 to 256 printable letters of ASCII");
    }
  }

  /** What becomes of it in another tenure, with the same replicas and target. */
  HandOver as(Standing next, long itsTenure) {
    return new HandOver(next, itsTenure, tail, target);
  }

  void write(Path directory) throws IOException {
    var content =
        "format %d\nstanding %s\ntenure %d\ntail %s\ntarget %s\n"
            .formatted(
                FORMAT, standing.name().toLowerCase(Locale.ROOT), tenure, tail.hex(), target);
    DurableFile.write(directory.resolve(NAME), Bytes.owning(content.getBytes(UTF_8)));
  }

  /**
   * That of a directory; empty before the first.
   *
   * @throws RefusedStart if what is there is no use
   */
  static Optional<HandOver> newest(Path directory) throws RefusedStart {
    var faults = new ArrayList<StartFault>();
    var newest = read(directory, faults);
    RefusedStart.requireNone(faults);
    return newest;
  }

  /** That of a directory; empty before the first, or if what is there is no use. */
  static Optional<HandOver> read(Path directory, List<StartFault> faults) {
    var file = directory.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (var in = Files.newInputStream(file)) {
      var lines = CONTENT.matcher(new String(in.readNBytes(BYTES_MAX + 1), UTF_8));
      if (lines.matches()) {
        return Optional.of(
            new HandOver(
                Standing.valueOf(lines.group(1).toUpperCase(Locale.ROOT)),
                Long.parseLong(lines.group(2)),
                Hash.fromHex(lines.group(3)),
                lines.group(4)));
      }
      faults.add(new StartFault.Damaged(NAME + " is not what a hand-over writes"));
    } catch (IOException unreadable) {
      faults.add(new StartFault.Unusable(file.toString(), String.valueOf(unreadable)));
    }
    return Optional.empty();
  }
}
