package dev.sampo.cluster.cli;

import dev.sampo.client.AccountLocator;
import dev.sampo.cluster.config.NamedDirectory;
import dev.sampo.core.types.LedgerId;
import java.util.Optional;

/**
 * From which ledger to which a transfer goes. What a command does not say is looked for in the
 * directory, if there is one.
 *
 * @param source by its id or, in the running demo, its name; nothing for the command's own
 * @param destination likewise
 * @param channel that leads from one to the other, by convention
 */
record TransferWay(
    Optional<String> source, Optional<String> destination, Optional<String> channel) {

  /** As the words of the command say. */
  static TransferWay of(Place from, Place to) {
    return new TransferWay(from.ledger(), to.ledger(), to.ledger());
  }

  /** As the accounts live now; asks their ledgers. */
  static TransferWay of(NamedDirectory directory, Place from, Place to, ClientOptions options) {
    try (var clients = new LedgerClients(options)) {
      var route =
          AccountLocator.of(clients::of)
              .route(directory.directory(), Words.account(from.what()), Words.account(to.what()));
      return new TransferWay(
          Optional.of(named(directory, route.from(), options)),
          Optional.of(named(directory, route.to(), options)),
          directory.nameOf(route.to()).map(name -> name.text()));
    }
  }

  /** Later commands that name it need to be understood without the directory. */
  private static String named(NamedDirectory directory, LedgerId ledger, ClientOptions options) {
    return options.demo().isPresent()
        ? directory.nameOf(ledger).map(name -> name.text()).orElseGet(ledger::hex)
        : ledger.hex();
  }

  /** Whether the recipient is on another ledger. */
  boolean crosses() {
    return destination.isPresent() && !destination.equals(source);
  }
}
