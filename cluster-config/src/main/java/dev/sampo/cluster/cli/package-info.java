/** The commands: what is typed, what is asked of a ledger, what is printed. */
@org.jspecify.annotations.NullMarked
package dev.sampo.cluster.cli;
