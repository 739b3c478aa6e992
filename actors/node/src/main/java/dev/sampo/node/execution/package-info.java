/** The actor that executes final blocks, stores them and attests their state. */
@org.jspecify.annotations.NullMarked
package dev.sampo.node.execution;
