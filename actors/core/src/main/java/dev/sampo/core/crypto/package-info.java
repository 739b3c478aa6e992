/**
 * Hashes, signatures and their verdict rules (protocol 2.23 X4); the only user of Bouncy Castle.
 */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.crypto;
