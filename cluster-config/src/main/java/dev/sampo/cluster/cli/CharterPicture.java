package dev.sampo.cluster.cli;

import dev.sampo.core.crypto.Ed25519Suite;
import dev.sampo.core.genesis.CharterFault;
import dev.sampo.core.genesis.LedgerCharter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A charter for people and for programs: what is consented to, and what is missing. */
final class CharterPicture {

  private final LedgerCharter charter;
  private final List<CharterFault> faults;

  CharterPicture(LedgerCharter charter) {
    this.charter = charter;
    this.faults = charter.faults(new Ed25519Suite());
  }

  boolean isBinding() {
    return faults.isEmpty();
  }

  List<String> faults() {
    return faults.stream().map(CharterFault::text).toList();
  }

  String text() {
    var genesis = charter.genesis();
    int validators = genesis.validators().size();
    var text =
        new StringBuilder(
            """
            name         %s
            ledger       %s
            engine       %s
            application  %s
            validators   %d, %s\
            """
                .formatted(
                    charter.name(),
                    genesis.ledgerId().hex(),
                    genesis.engine(),
                    genesis.application(),
                    validators,
                    isBinding() ? "all have consented" : "not all have consented"));
    faults().forEach(fault -> text.append("\n  ").append(fault));
    return text.toString();
  }

  Map<String, Object> json() {
    var genesis = charter.genesis();
    var json = new LinkedHashMap<String, Object>();
    json.put("name", charter.name().text());
    json.put("ledger_id", genesis.ledgerId().hex());
    json.put("engine", genesis.engine());
    json.put("application", genesis.application());
    json.put("validators", genesis.validators().size());
    json.put("binding", isBinding());
    json.put("faults", faults());
    return json;
  }
}
