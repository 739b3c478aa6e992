/** Packets between ledgers, and the light clients and channels that they need (protocol 4.1). */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.packet;
