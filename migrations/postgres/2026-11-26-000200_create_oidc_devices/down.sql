DROP TABLE oidc_devices;
