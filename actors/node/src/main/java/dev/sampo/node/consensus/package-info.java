/** The actor that hosts the consensus engine. */
@org.jspecify.annotations.NullMarked
package dev.sampo.node.consensus;
