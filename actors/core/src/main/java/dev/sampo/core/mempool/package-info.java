/** Transactions that wait to be ordered. */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.mempool;
