"""Parts of the union of all events, for those who match it part by part."""

from crisis.core import event as ev

Reply = ev.Acknowledged | ev.Declined | ev.Answered | ev.Signed
BelowStep = Reply | ev.Escalated | ev.Overdue | ev.ReportDrafted | ev.Decided | ev.Published
BelowSteps = BelowStep | ev.AttemptStarted | ev.AttemptEnded | ev.AttemptHeld
BelowDesk = (
    BelowSteps
    | ev.StepStarted
    | ev.StepHeld
    | ev.StepObsolete
    | ev.StepSkipped
    | ev.AdHocAsked
    | ev.LeadOffered
)
OfConsent = ev.ConsentGiven | ev.ConsentRefused | ev.ConsentRevoked
OfStart = ev.OccasionCame | ev.StartMoved | ev.StartConfirmed
BelowIncident = (
    BelowDesk
    | OfConsent
    | OfStart
    | ev.AttributeSet
    | ev.BulletinIssued
    | ev.TaskRaised
    | ev.TaskDone
)
OnePartner = (
    Reply
    | ev.AttemptStarted
    | ev.AttemptEnded
    | ev.AttemptHeld
    | ev.Escalated
    | ev.Overdue
    | ev.TaskRaised
)
