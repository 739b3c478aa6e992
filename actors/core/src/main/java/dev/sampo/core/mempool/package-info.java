/**
 * Transactions that wait to be ordered (protocol 2.23); bounded in all that clients can make grow.
 */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.mempool;
