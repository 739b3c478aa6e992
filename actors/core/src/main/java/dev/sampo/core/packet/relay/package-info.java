/** What a relayer has to carry from one ledger to another (protocol 4.1); pure, and untrusted. */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.packet.relay;
