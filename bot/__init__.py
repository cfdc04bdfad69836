"""Dateline on Discord: turns events into questions and answers into messages."""
