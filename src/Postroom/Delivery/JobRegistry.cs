using Postroom.Plans;

namespace Postroom.Delivery;

/// <summary>Finds the code that a job's name stands for in the plans in force.</summary>
internal sealed class JobRegistry(PlanTable plans)
{
    public IPostFollowUp? Find(string name) => plans.Plans.FirstOrDefault(plan => plan.JobName == name)?.FollowUp;
}
