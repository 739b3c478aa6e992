package dev.sampo.cluster.demo;

import dev.sampo.client.SampoClient;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerName;

/** A ledger under a load of its own. */
record LoadedLedger(LedgerName name, Genesis genesis, SampoClient client, WatchedLoad load) {}
