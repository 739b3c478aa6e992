package dev.sampo.persistence.store;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a mark says (protocol W6).
 *
 * @param network the first ledger of the node
 * @param tenure the earliest in which a directory of this validator may still open here
 * @param replicas each with the directory that it is in, and how often it was opened
 */
record MarkText(
    LedgerId network, PublicKey validator, long tenure, SortedMap<LedgerId, Entry> replicas) {

  /** Holds more replicas than a node does. */
  static final int BYTES_MAX = 64 << 10;

  private static final int FORMAT = 1;
  private static final String REPLICA =
      "replica ([0-9a-f]{64}) ([0-9a-f]{32}) (0|[1-9][0-9]{0,17})\n";
  private static final Pattern LINE = Pattern.compile(REPLICA);
  private static final Pattern CONTENT =
      Pattern.compile(
          "format "
              + FORMAT
              + "\nnetwork ([0-9a-f]{64})\nvalidator ([0-9a-f]{64})\ntenure (0|[1-9][0-9]{0,17})\n"
              + "((?:"
              + REPLICA
              + "){0,256})end\n");

  /**
   * How often a replica was opened.
   *
   * @param token of the directory that it is in
   */
  record Entry(LedgerId ledger, Bytes token, long opened) {

    static Entry of(NodeIdentity.Record record) {
      var identity = record.identity();
      return new Entry(identity.ledger(), identity.token(), record.writerEpoch());
    }
  }

  MarkText {
    replicas = new TreeMap<>(replicas);
  }

  /** Of a validator that has never been started. */
  MarkText(LedgerId network, PublicKey validator) {
    this(network, validator, 0, new TreeMap<>(Map.of()));
  }

  boolean isOf(LedgerId itsNetwork, PublicKey itsValidator) {
    return network.equals(itsNetwork) && validator.equals(itsValidator);
  }

  /** Adds why a replica is not the newest state of the one that was marked. */
  void check(Entry replica, List<StartFault> faults) {
    var marked = replicas.get(replica.ledger());
    if (marked == null) {
      return;
    }
    if (!marked.token().equals(replica.token())) {
      faults.add(new StartFault.OtherDirectory(replica.ledger()));
    } else if (marked.opened() > replica.opened()) {
      faults.add(new StartFault.OlderState(replica.ledger(), replica.opened(), marked.opened()));
    }
  }

  MarkText raised(long next, List<Entry> opened) {
    var all = new TreeMap<>(replicas);
    opened.forEach(entry -> all.put(entry.ledger(), entry));
    return new MarkText(network, validator, Math.max(tenure, next), all);
  }

  String text() {
    var text = new StringBuilder();
    text.append("format %d\nnetwork %s\n".formatted(FORMAT, network.hex()));
    text.append("validator %s\ntenure %d\n".formatted(validator.hex(), tenure));
    for (var entry : replicas.values()) {
      text.append(
          "replica %s %s %d\n"
              .formatted(entry.ledger().hex(), entry.token().hex(), entry.opened()));
    }
    return text.append("end\n").toString();
  }

  /** Empty if it is not what {@link #text} writes. */
  static Optional<MarkText> parse(String text) {
    var content = CONTENT.matcher(text);
    if (!content.matches()) {
      return Optional.empty();
    }
    var replicas = new TreeMap<LedgerId, Entry>();
    var lines = LINE.matcher(content.group(4));
    while (lines.find()) {
      var ledger = LedgerId.fromHex(lines.group(1));
      var entry = new Entry(ledger, Bytes.fromHex(lines.group(2)), Long.parseLong(lines.group(3)));
      replicas.put(ledger, entry);
    }
    return Optional.of(
        new MarkText(
            LedgerId.fromHex(content.group(1)),
            PublicKey.fromHex(content.group(2)),
            Long.parseLong(content.group(3)),
            replicas));
  }
}
