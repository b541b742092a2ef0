using Postroom.S3.Tests.Servers;

[assembly: AssemblyFixture(typeof(ObjectStore))]
