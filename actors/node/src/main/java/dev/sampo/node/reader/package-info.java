/** A node without a vote: it follows ledgers, checks them itself, and serves what it has stored. */
@org.jspecify.annotations.NullMarked
package dev.sampo.node.reader;
