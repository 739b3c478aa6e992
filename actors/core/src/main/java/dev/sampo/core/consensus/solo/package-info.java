/** The engine of a ledger with one validator. */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.consensus.solo;
