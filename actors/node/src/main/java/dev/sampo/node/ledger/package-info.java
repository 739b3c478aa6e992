/** The roles of one ledger, wired together. */
@org.jspecify.annotations.NullMarked
package dev.sampo.node.ledger;
