package dev.sampo.cluster.demo;

import dev.sampo.core.genesis.Verification;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which ledger a demo runs.
 *
 * @param data where to keep everything, and resume from; a temporary folder if it is empty
 * @param verification who checks the signatures of clients on a new ledger, by default each
 *     validator; a ledger that is resumed has to be like that
 */
public record LedgerChoice(Optional<Path> data, Optional<Verification> verification) {}
