/** Carries packets between the ledgers that a node hosts (protocol 4.1). */
@org.jspecify.annotations.NullMarked
package dev.sampo.node.relay;
