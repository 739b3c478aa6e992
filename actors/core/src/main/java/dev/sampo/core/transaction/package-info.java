/** Signed transactions and their receipts (protocol 2.23). */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.transaction;
