/** The document that a ledger starts from; its hash is the identity of the ledger. */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.genesis;
