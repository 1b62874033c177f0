"""The queue of a public service hall: `Hall` gives, calls and serves tickets.

Every other room talks to it, and to no other room.
"""

from hall.bookings import Booking
from hall.errors import Fault, Refusal
from hall.hall import Hall
from hall.tickets import Priority, Ticket, TicketState

__all__ = ["Booking", "Fault", "Hall", "Priority", "Refusal", "Ticket", "TicketState"]
