package dev.sampo.cluster.cli;

import java.util.Optional;

/**
 * Something of a ledger, written as {@code WHAT@LEDGER} or, of the command's ledger, as {@code
 * WHAT}.
 *
 * @param ledger its id or, in the running demo, its name
 */
record Place(String what, Optional<String> ledger) {

  static Place of(String word) {
    int at = word.indexOf('@');
    return at < 0
        ? new Place(word, Optional.empty())
        : new Place(word.substring(0, at), Optional.of(word.substring(at + 1)));
  }
}
