/** The actor that hosts the mempool. */
@org.jspecify.annotations.NullMarked
package dev.sampo.node.mempool;
