/**
 * The edge of a node: gRPC and HTTP/JSON on one port. It reaches the ledgers through {@link
 * dev.sampo.node.gateway.HostedLedgers} only, and it decides nothing about transactions itself.
 */
@org.jspecify.annotations.NullMarked
package dev.sampo.node.gateway;
