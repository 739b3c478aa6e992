/** Peer links: authenticated streams of frames between validators (architecture decision 4). */
@org.jspecify.annotations.NullMarked
package dev.sampo.node.peer;
