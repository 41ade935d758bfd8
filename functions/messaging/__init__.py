"""What is sent to queues and topics."""
