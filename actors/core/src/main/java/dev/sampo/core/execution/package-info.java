/**
 * Executes final blocks and attests the outcome (protocol 2.11, 2.23); what an application
 * implements.
 */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.execution;
