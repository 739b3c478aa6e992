package dev.sampo.node.ledger;

import dev.sampo.core.consensus.engine.ConsensusEngines;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.ledger.LedgerSettings.Seat;
import dev.sampo.node.ledger.LedgerSettings.ValidatorInfo;
import dev.sampo.node.ledger.OpenLedgers.Addition.Refused;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a node can host: ledgers of validators of its network, its own among them, with an
 * application and an engine that it knows. That all of them have consented is not asked here.
 */
final class CharterRules {

  private final LedgerSettings first;
  private final Map<PublicKey, ValidatorInfo> network = new TreeMap<>();

  /** {@code first} is the ledger of the whole network. */
  CharterRules(LedgerSettings first) {
    this.first = first;
    first.validators().forEach(validator -> network.put(validator.key(), validator));
  }

  /** Why this node cannot host the ledger, with a code of the error catalogue. */
  Optional<Refused> refusalOf(LedgerCharter charter) {
    var genesis = charter.genesis();
    boolean isStranger = ownKey().filter(key -> seatOf(key, charter).isEmpty()).isPresent();
    if (isStranger) {
      return Optional.of(
          new Refused(
              "NOT_ON_COMMITTEE",
              first.selfInfo().name() + " is none of the validators of " + charter.name()));
    }
    if (!genesis.application().equals(first.application().name())) {
      return unsupported("this node knows the application " + first.application().name() + " only");
    }
    var engineFault = ConsensusEngines.fault(genesis);
    if (engineFault.isPresent()) {
      return unsupported(engineFault.get());
    }
    return genesis.validators().keys().stream()
        .filter(key -> !network.containsKey(key))
        .findFirst()
        .flatMap(
            stranger -> unsupported("no validator of this network has the key " + stranger.hex()));
  }

  /** Nothing on a node that has no vote. */
  private Optional<PublicKey> ownKey() {
    return first.seat().map(seat -> first.selfInfo().key());
  }

  private static Optional<ValidatorIndex> seatOf(PublicKey key, LedgerCharter charter) {
    return charter.genesis().validators().indexOf(key);
  }

  private static Optional<Refused> unsupported(String detail) {
    return Optional.of(new Refused("LEDGER_UNSUPPORTED", detail));
  }

  /** Of a ledger that nothing speaks against. */
  LedgerSettings settingsOf(LedgerCharter charter) {
    var genesis = charter.genesis();
    return new LedgerSettings(
        charter.name(),
        genesis,
        first.application(),
        ownKey().map(key -> new Seat(seatOf(key, charter).orElseThrow(), first.signer())),
        genesis.validators().keys().stream()
            .map(key -> Optional.ofNullable(network.get(key)).orElseThrow())
            .toList());
  }
}
